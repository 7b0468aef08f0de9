-- The parcels of the example. An air waybill's number (IATA Resolution 600a) is the airline's prefix,
-- a serial number of seven digits, and that number modulo 7 as check digit.
BEGIN;

CREATE TABLE parcels (
  waybill  TEXT PRIMARY KEY,
  status   TEXT NOT NULL,            -- names a prompt: accepted, travelling, customs, out, delivered, delayed
  place_en TEXT NOT NULL,
  place_zh TEXT NOT NULL,
  day      TEXT NOT NULL,            -- of the last event
  expected TEXT NOT NULL             -- day of delivery
);
INSERT INTO parcels VALUES
  ('78412345675', 'travelling', 'Guangzhou', '广州', '2026-11-20', '2026-11-24'),
  ('78412345686', 'delivered', 'Hangzhou', '杭州', '2026-11-19', '2026-11-19'),
  ('99976543213', 'customs', 'Shanghai', '上海', '2026-11-21', '2026-11-25'),
  ('16000000011', 'out', 'Hong Kong', '香港', '2026-11-22', '2026-11-22'),
  ('18098765435', 'delayed', 'Seoul', '首尔', '2026-11-18', '2026-11-27'),
  ('20555555522', 'accepted', 'Tokyo', '东京', '2026-11-21', '2026-11-26');

COMMIT;
