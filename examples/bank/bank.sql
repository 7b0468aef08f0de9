-- The bank of the example. Made once by the program; then the bank's own system would write to it.
-- PINs are kept as PBKDF2-HMAC-SHA-256 of PIN and salt, 10,000 rounds. Those of the demo:
-- 李娜 1234, Anna Weber 4711, 张伟 8888, George Brown 2580.
BEGIN;

CREATE TABLE customers (
  number   TEXT PRIMARY KEY,         -- eight digits, printed on the card
  name     TEXT NOT NULL,
  phone    TEXT NOT NULL UNIQUE,     -- digits only, with the country's code
  language TEXT NOT NULL,            -- 'en' or 'zh'
  segment  TEXT NOT NULL,            -- 'standard' or 'vip'
  salt     TEXT NOT NULL,
  pin      TEXT NOT NULL,
  balance  INTEGER NOT NULL          -- fen
);
INSERT INTO customers VALUES
  ('62220001', '李娜 Li Na', '8613800000001', 'zh', 'standard', 'n4T1',
   '5df60d75a01228512de8577980e8f73ae937591d74e742e67bbd18b3fc09f509', 123450),
  ('62220002', 'Anna Weber', '8613800000002', 'en', 'standard', 'w8Kd',
   '43b464e49aa257c1c9733227a96a74f491f8368f2c772a5db1ab034653d2b784', 1025000),
  ('62220003', '张伟 Zhang Wei', '8613800000003', 'zh', 'vip', 'z2Vq',
   'b5a5fcd47cc635841a31447adebf0e5e26cf29d740021f8820cf28b646713d12', 880000000),
  ('62220004', 'George Brown', '8613800000004', 'en', 'vip', 'b6Hm',
   '0342267fe23c9421fe7f3374816c8cde68b6c0a64ce5cf7aed50f3eaa8c79ee9', 254000099);

CREATE TABLE transactions (
  id       INTEGER PRIMARY KEY,
  customer TEXT NOT NULL REFERENCES customers,
  day      TEXT NOT NULL,            -- 2026-11-20
  amount   INTEGER NOT NULL,         -- fen; below zero: paid
  party_en TEXT NOT NULL,
  party_zh TEXT NOT NULL
);
CREATE INDEX transactions_by_customer ON transactions (customer, day DESC, id DESC);
INSERT INTO transactions (customer, day, amount, party_en, party_zh) VALUES
  ('62220001', '2026-10-31', 1250000, 'salary', '工资'),
  ('62220001', '2026-11-01', -450000, 'rent', '房租'),
  ('62220001', '2026-11-03', -8850, 'Corner Market', '街角超市'),
  ('62220001', '2026-11-18', -3200, 'City Metro', '城市地铁'),
  ('62220002', '2026-10-30', 1800000, 'salary', '工资'),
  ('62220002', '2026-11-01', -620000, 'rent', '房租'),
  ('62220002', '2026-11-02', -4500, 'Riverside Cafe', '河边咖啡馆'),
  ('62220002', '2026-11-04', -23990, 'Corner Market', '街角超市'),
  ('62220002', '2026-11-05', -5000, 'City Metro', '城市地铁'),
  ('62220002', '2026-11-08', -119900, 'Northern Airlines', '北方航空'),
  ('62220002', '2026-11-10', 35000, 'refund, Northern Airlines', '北方航空退款'),
  ('62220002', '2026-11-12', -8800, 'Cinema Palace', '皇宫电影院'),
  ('62220002', '2026-11-15', -15650, 'Corner Market', '街角超市'),
  ('62220002', '2026-11-17', -30000, 'cash machine', '自动取款机'),
  ('62220002', '2026-11-19', -6720, 'Book House', '书屋'),
  ('62220002', '2026-11-20', 5000, 'Li Na', '李娜'),
  ('62220003', '2026-11-02', 250000000, 'sale of securities', '证券卖出'),
  ('62220003', '2026-11-16', -98000000, 'fixed deposit', '定期存款'),
  ('62220004', '2026-11-09', -1250000, 'Harbor Hotel', '海港酒店'),
  ('62220004', '2026-11-13', 42000000, 'consulting fee', '咨询费');

CREATE TABLE rates (
  id      INTEGER PRIMARY KEY,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  percent TEXT NOT NULL
);
INSERT INTO rates (name_en, name_zh, percent) VALUES
  ('savings account', '活期存款', '0.35'),
  ('fixed deposit for one year', '一年定期存款', '1.5'),
  ('fixed deposit for three years', '三年定期存款', '2.25'),
  ('home loan', '住房贷款', '3.6');

CREATE TABLE branches (
  id      INTEGER PRIMARY KEY,
  name_en TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  opens   INTEGER NOT NULL,          -- minutes since midnight
  closes  INTEGER NOT NULL
);
INSERT INTO branches (name_en, name_zh, opens, closes) VALUES
  ('People''s Square', '人民广场支行', 540, 1020),
  ('Railway Station', '火车站支行', 510, 1080),
  ('Lake Garden', '湖滨花园支行', 570, 990);

COMMIT;
