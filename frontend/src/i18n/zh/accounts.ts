export default {
  title: "登录",
  lead: "投资人无需登录即可查看已公开的内容；本地工作人员请登录。",
  already: "当前已登录：{name}",
  username: "用户名",
  password: "密码",
  enter: "登录",
  demo: "演示账户见启动时终端的提示。",
  ask: "没有账户？请联系本部门管理员开通。",
  bell: {
    title: "通知",
    unread: "通知：{n} 条未读 | 通知：{n} 条未读",
    fresh: "未读",
    none: "还没有通知。",
    readAll: "全部标为已读",
    older: "更早的通知",
  },
};
