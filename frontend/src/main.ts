import { createApp } from "vue";
import App from "./App.vue";
import { i18n } from "./i18n";
import { router } from "./router";
import { useSession } from "./stores/session";
import "./styles/tokens.css";
import "./styles/base.css";

// The router starts fetching the page while the session is on its way.
const app = createApp(App).use(i18n).use(router);
useSession()
  .start()
  // Without a session there is still a page that says what happened: App.vue draws it.
  .catch((error: unknown) => app.provide("startFailure", error))
  // Before the page is known, a link that leads back would lead to the start.
  .then(() => router.isReady())
  .finally(() => app.mount("#app"));
