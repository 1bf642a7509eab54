export default {
  title: "Sign in",
  lead: "What is public needs no account; staff of the city sign in here.",
  already: "Signed in as {name}",
  username: "Name",
  password: "Password",
  enter: "Sign in",
  demo: "The demo accounts were printed in the terminal at the start.",
  ask: "No account? Ask the administrator of your department.",
  bell: {
    title: "News",
    unread: "Notifications: {n} unread | Notifications: {n} unread",
    fresh: "unread",
    none: "No notifications yet.",
    readAll: "Mark all as read",
    older: "Older",
  },
};
