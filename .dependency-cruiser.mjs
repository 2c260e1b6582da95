/** The one-way rule: contract <- core areas <- processes, local, cli, main; the page sees the contract and nothing else. */
const core = '^electron/core/';
const test = '(\\.(test|fixture)\\.tsx?$|/testing/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'contract-stands-alone',
      comment: 'The contract is shared with the page: zod and oRPC only.',
      severity: 'error',
      from: { path: '^electron/core/contract/' },
      to: { pathNot: ['^electron/core/contract/', '^node_modules/(zod|@orpc/contract)/'] },
    },
    {
      name: 'core-knows-no-host',
      severity: 'error',
      from: { path: core, pathNot: test },
      to: { path: '^(electron/(processes|local|cli|main|preload)|renderer|build|e2e)/' },
    },
    {
      name: 'core-without-electron',
      severity: 'error',
      from: { path: '^electron/(core|processes|local|cli)/', pathNot: test },
      to: { path: '^(node_modules/)?electron(-log)?(/|$)', pathNot: '^electron/(core|processes|local|cli|nodes)' },
    },
    {
      name: 'page-sees-the-contract-only',
      comment: 'And what checks a report in any browser.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^electron/', pathNot: '^electron/core/(contract|reports/verify)/' },
    },
    {
      name: 'verifier-sees-the-checks-only',
      severity: 'error',
      from: { path: '^verifier/' },
      to: { path: '^(electron|renderer)/', pathNot: '^electron/core/reports/verify/' },
    },
    {
      name: 'checks-run-in-a-browser',
      comment: 'What checks a report is bundled into a page: nothing of Node, directly or not.',
      severity: 'error',
      from: { path: '^(verifier/|electron/core/reports/verify/)', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'checks-stand-alone',
      severity: 'error',
      from: { path: '^electron/core/reports/verify/', pathNot: test },
      to: { path: '^electron/', pathNot: '^electron/core/(reports/verify/|audit/canonical-json|errors|contract/)' },
    },
    {
      name: 'page-without-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: [test, 'vite\\.config\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'workers-without-vault',
      severity: 'error',
      from: { path: '^electron/processes/(inference|documents)' },
      to: { path: '^electron/core/(vault|identity|audit)/' },
    },
    {
      name: 'main-runs-no-services',
      severity: 'error',
      from: { path: '^electron/main/', pathNot: test },
      to: { path: '^electron/core/(vault|identity|documents|models|flows|runs|chat|reports)/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-tests-in-the-product', severity: 'error', from: { pathNot: [test, '^e2e/'] }, to: { path: test } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(electron|hast|mdast)$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'electron/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
