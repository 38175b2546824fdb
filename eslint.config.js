import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['web/dist/**', 'node_modules/**', 'data/**', 'coverage/**', '*.config.*', '.dependency-cruiser.cjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './web/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/dialogue/**', 'src/tickets/**'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Dialogue is pure: ask for facts instead.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Dialogue is pure: take `now` as a parameter.' },
        { object: 'Math', property: 'random', message: 'Dialogue is pure: no randomness.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Dialogue is pure: take `now` as a parameter.',
        },
      ],
    },
  },
);
