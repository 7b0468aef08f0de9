// SPDX-License-Identifier: Apache-2.0
// What the page says. Words that callers, agents and programs chose are shown as they are.

export const texts = {
  en: {
    other: "中文", live: "live", connecting: "connecting…", awayShort: "no connection",
    away: "The connection to the center is lost. What you see is old; it goes on by itself once the center is back.",
    atAGlance: "At a glance", screenPop: "Screen pop", screenOf: "Screen of", everybody: "Show everybody",
    waiting: "Waiting", position: "Place", who: "Who", reason: "Reason", queue: "Queue", waits: "Waits",
    nobodyWaits: "Nobody waits.", calls: "Open contacts", state: "State", called: "Called", lasts: "Lasts",
    nobodyCalls: "No open contacts. A call shows here as it comes in.",
    agents: "Agents", agent: "Agent", since: "Since", noAgents: "The configuration names no agents.",
    queues: "Queues", answered: "Answered", abandoned: "Gave up", noQueues: "The configuration names no queues.",
    unknown: "Unknown customer", ringing: "rings at", talking: "talks with", afterwards: "after the talk:",
    number: "Number", entered: "Entered", indicators: "Customer", language: "Language", waited: "Has waited",
    history: "Past contacts", noHistory: "First contact", noReason: "no reason given",
    ready: (loggedIn) => `agents ready, of ${loggedIn}`, talks: "in conversation",
    waitingNow: "waiting", longest: (time) => `waiting, up to ${time}`, open: (all) => `open, of ${all} arrived`,
    served: "served by agents", selfServed: "served themselves", gaveUp: "gave up",
    token: "token", signIn: "Sign in", signOut: "Sign out", listen: "Listen", listeningTo: "Listening to", stop: "Stop",
    mailboxes: "Mailboxes", mailbox: "Mailbox", leftAt: "Left", noMessages: "No messages.", play: "Play",
    markHeard: "Mark as heard", remove: "Delete",
    states: {
      logged_out: "logged out", not_ready: "not ready", ready: "ready", reserved: "ringing", busy: "talking",
      hold: "on hold", wrap_up: "wrap-up", arriving: "arriving", self_service: "self-service", waiting: "waiting",
      talking: "talking",
    },
    verifications: {
      none: "not verified", number: "known by number", pin: "verified by PIN", document: "verified by document",
      voice: "verified by voice",
    },
    outcomes: {
      self_served: "self-served", served: "served", transferred: "transferred", abandoned: "gave up waiting",
      unserved: "found nobody", left: "left", refused: "refused", failed: "failed", interrupted: "interrupted", unreached: "not reached",
    },
    reasons: {},
  },
  zh: {
    other: "English", live: "实时", connecting: "正在连接…", awayShort: "连接中断",
    away: "与呼叫中心的连接已中断，当前显示的是旧数据；中心恢复后页面会自动继续更新。",
    atAGlance: "概览", screenPop: "来电弹屏", screenOf: "坐席屏幕：", everybody: "显示全部",
    waiting: "等待中", position: "位次", who: "客户", reason: "来电原因", queue: "队列", waits: "已等待",
    nobodyWaits: "当前无人等待。", calls: "进行中的联络", state: "状态", called: "被叫号码", lasts: "时长",
    nobodyCalls: "当前没有进行中的联络，来电会立即显示在这里。",
    agents: "坐席", agent: "坐席", since: "持续", noAgents: "配置中没有坐席。",
    queues: "队列", answered: "已接听", abandoned: "已放弃", noQueues: "配置中没有队列。",
    unknown: "未知客户", ringing: "正在振铃", talking: "正在通话", afterwards: "话后处理",
    number: "号码", entered: "已输入", indicators: "客户资料", language: "语言", waited: "已等待",
    history: "以往联络", noHistory: "首次联络", noReason: "未说明原因",
    ready: (loggedIn) => `就绪，已登录 ${loggedIn} 人`, talks: "通话中",
    waitingNow: "等待中", longest: (time) => `等待中，最长 ${time}`, open: (all) => `进行中，共到达 ${all}`,
    served: "人工已服务", selfServed: "自助完成", gaveUp: "放弃等待",
    token: "令牌", signIn: "登录", signOut: "退出", listen: "监听", listeningTo: "正在监听", stop: "停止",
    mailboxes: "留言箱", mailbox: "留言箱", leftAt: "留言时间", noMessages: "没有留言。", play: "播放",
    markHeard: "标为已听", remove: "删除",
    states: {
      logged_out: "未登录", not_ready: "未就绪", ready: "就绪", reserved: "振铃", busy: "通话中", hold: "保持",
      wrap_up: "话后处理", arriving: "接入", self_service: "自助服务", waiting: "等待", talking: "通话中",
    },
    verifications: {
      none: "未验证", number: "号码识别", pin: "密码已验证", document: "证件已验证", voice: "声纹已验证",
    },
    outcomes: {
      self_served: "自助完成", served: "人工已服务", transferred: "已转接", abandoned: "等待中放弃", unserved: "无人接待",
      left: "中途离开", refused: "未接听", failed: "故障", interrupted: "中断", unreached: "未接通",
    },
    reasons: { "log-in": "刚登录", "no answer": "无人接听", "device lost": "话机离线", break: "休息" },
  },
};
