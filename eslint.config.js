// Lint rules: type-aware, strict, and the house rules of CONTRIBUTING.md that a machine can hold.
import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name what you export.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' };
const noClass = {
  selector: 'ClassDeclaration:not([superClass.name="EmbeddedActionsParser"], [superClass.name="Error"])',
  message: 'Data is plain, behaviour is functions; a class only where a library asks for one.',
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.bench/', 'node_modules/', 'text-files.d.ts'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, noClass],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': 'off', // tsc says it
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/non-nullable-type-assertion-style': 'off', // `!` is forbidden altogether
      '@typescript-eslint/require-await': 'off', // async by interface: a fake host need not wait
      '@typescript-eslint/dot-notation': 'off', // noPropertyAccessFromIndexSignature decides
    },
  },
  {
    files: ['test/**', 'scripts/**'],
    rules: { 'no-console': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  { files: ['*.js', 'scripts/*.mjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['*.js'], rules: { 'no-restricted-syntax': 'off' } },
);
