import { byArea } from "./areas";

export default byArea(import.meta.glob("./zh/*.ts", { eager: true, import: "default" }));
