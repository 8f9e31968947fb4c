import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/node_modules/", "client/out/", ".cache/", ".venv/", "build/", "dist/", "tests/samples/"] },
  {
    files: ["client/src/**/*.ts", "tests/client/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 50],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    // node:test's `test` returns a promise that its runner awaits.
    files: ["tests/client/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    files: ["packaging/**/*.mjs", "tests/e2e/**/*.{mjs,cjs}"],
    rules: { "max-lines": ["error", 300], "max-lines-per-function": ["error", 50], "no-undef": "off" },
  },
);
