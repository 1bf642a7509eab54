import globals from "globals";
import typescript from "typescript-eslint";
import vue from "eslint-plugin-vue";

export default typescript.config(
  { ignores: ["dist", "node_modules", "src/api/schema.gen.ts"] },
  ...typescript.configs.recommended,
  ...vue.configs["flat/recommended"],
  {
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "prefer-const": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["**/*.vue"],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      // The layout of templates is left to whoever reads them.
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": "off",
      "vue/multi-word-component-names": "off",
      "vue/html-indent": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/first-attribute-linebreak": "off",
      "vue/multiline-html-element-content-newline": "off",
      "vue/require-default-prop": "off",
      "vue/attributes-order": "off",
      "vue/no-restricted-syntax": [
        "error",
        {
          selector: "VElement[name='input'] > VStartTag:has(VAttribute[key.argument.name='value']):has(VAttribute[key.argument.name='change']):not(:has(VAttribute[key.argument.name='input']))",
          message: "What is being typed is lost when the page is drawn again: use ui/TypedField.vue.",
        },
      ],
      "vue/one-component-per-file": "error",
      "vue/no-v-html": "error",
    },
  },
  { files: ["scripts/**"], languageOptions: { globals: globals.node }, rules: { "no-console": "off" } },
);
