import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'coverage/',
      '.medflow/',
      'web/src/lib/schema.d.ts',
      'web/dev-dist/',
      'libs/testing/boundaries/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  { files: ['web/**'], languageOptions: { globals: globals.browser } },
  { files: ['**/*.spec.ts'], languageOptions: { globals: globals.jest } },
  // Tables of sentences, alike in every language.
  { files: ['web/src/lib/i18n/{ar,en,fr}.ts', 'gateway/src/problems/{ar,en,fr}.ts'], rules: { 'max-lines': 'off' } },
);
