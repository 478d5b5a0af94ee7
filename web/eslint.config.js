import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Shared code must not know the features, and one feature reaches another only through addresses. */
const layers = [
  { files: ['src/lib/**', 'src/api/**'], forbidden: ['**/features/**', '**/components/**', '**/app/**'] },
  { files: ['src/components/**'], forbidden: ['**/features/**', '**/app/**'] },
  { files: ['src/features/**'], forbidden: ['**/app/**'] },
  // The customers' own view knows neither the vendor's pages nor the vendor's session.
  { files: ['src/portal/**'], forbidden: ['**/features/**', '**/app/**', '**/api/client'] },
];

export default tseslint.config(
  { ignores: ['dist', 'src/api/schema.d.ts', 'node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  hooks.configs.flat['recommended-latest'],
  // The compiler is not in use, so what it would skip does not matter.
  { rules: { 'react-hooks/incompatible-library': 'off' } },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  ...layers.map(({ files, forbidden }) => ({
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: forbidden, message: 'This layer must not know that one.' }] },
      ],
    },
  })),
);
