export default {
  title: "登录",
  lead: "投资人无需登录即可查看已公开的内容；本地工作人员请登录。",
  already: "当前已登录：{name}",
  username: "用户名",
  password: "密码",
  enter: "登录",
  demo: "演示账户见启动时终端的提示。",
  ask: "没有账户？请联系本部门管理员开通。",
};
