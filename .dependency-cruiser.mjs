/**
 * The architecture's rules as an allow-list over `services/*`: a new service is covered by itself. The comments name the
 * rule that a violation breaks. Planted violations in libs/testing/boundaries prove that each of them bites.
 */
const own = '^services/([^/]+)/';
const production = { pathNot: '\\.spec\\.ts$' };

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-imports-only-domain',
      comment:
        'Rule 1: no Nest, no Mongoose, no clock, no randomness. Temporal is the language’s own standard, polyfilled; ICU messages and the rules of the country are pure text.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/domain/', ...production },
      to: {
        pathNot: [
          '^services/$1/src/domain/',
          '^libs/rules/(src|dist)/index\\.',
          'node_modules/(temporal-polyfill|intl-messageformat)/',
        ],
      },
    },
    {
      name: 'application-imports-domain-and-injection',
      comment:
        'Rule 2: domain, itself, the policies that say who may, Nest’s injection decorators, and of libraries the kit’s queue and the ports of people and of care, plain TypeScript both.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/application/', ...production },
      to: {
        pathNot: [
          '^services/$1/src/(domain|application)/',
          '^services/$1/src/access\\.ts$',
          '^libs/access/',
          'node_modules/@nestjs/common/',
          '^(node:)?crypto$',
          '^libs/service-kit/(src|dist)/work/keyed-queue\\.',
          '^libs/people/(src|dist)/people\\.',
          '^libs/care/(src|dist)/care\\.',
          '^libs/rules/(src|dist)/index\\.',
        ],
      },
    },
    {
      name: 'rules-are-known-without-technology',
      comment: 'What a country asks for is data, as domains import it; only the settings read files.',
      severity: 'error',
      from: { path: '^libs/rules/src/', pathNot: '(settings|\\.spec)\\.ts$' },
      to: { pathNot: '^libs/rules/src/' },
    },
    {
      name: 'policies-know-no-technology',
      comment:
        'Who may is decided without Nest and without a database: policies import the domain and @medflow/access.',
      severity: 'error',
      from: { path: ['^services/([^/]+)/src/access\\.ts$', '^gateway/src/access\\.ts$'] },
      to: { pathNot: ['^services/[^/]+/src/domain/', '^libs/access/', '^libs/care/(src|dist)/care\\.'] },
    },
    {
      name: 'access-imports-nothing',
      comment: 'The rules of deciding are plain TypeScript.',
      severity: 'error',
      from: { path: '^libs/access/src/', ...production },
      to: { pathNot: '^libs/access/src/' },
    },
    {
      name: 'people-are-known-without-technology',
      comment: 'The port of people is plain TypeScript, as applications import it.',
      severity: 'error',
      from: { path: '^libs/people/src/people\\.' },
      to: { path: '.' },
    },
    {
      name: 'care-is-known-without-technology',
      comment: 'The ports and rules of care are plain TypeScript, as applications and policies import them.',
      severity: 'error',
      from: { path: '^libs/care/src/care\\.', ...production },
      to: { path: '.' },
    },
    {
      name: 'adapters-never-import-one-another',
      comment: 'Rule 3: http, mongo and bus meet in the module only.',
      severity: 'error',
      from: { path: '^services/([^/]+)/src/adapters/(http|mongo|bus)/', ...production },
      to: { path: '^services/$1/src/adapters/(http|mongo|bus)/', pathNot: '^services/$1/src/adapters/$2/' },
    },
    {
      name: 'adapters-import-inward',
      comment: 'Rule 3: no adapter knows the module that wires it.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/(domain|application|adapters)/' },
      to: { path: '^services/[^/]+/src/([^/]+\\.module|index|main)\\.ts$' },
    },
    {
      name: 'contracts-are-for-the-bus',
      comment: 'Rule 4: adapters/bus, the modules that hand the topology on, the gateway’s hub and tests.',
      severity: 'error',
      from: {
        path: '^(services|gateway)/',
        pathNot: ['/adapters/bus/', '\\.module\\.ts$', '^gateway/src/realtime/', '/test/', '\\.spec\\.ts$'],
      },
      to: { path: '^libs/contracts/' },
    },
    {
      name: 'services-import-no-service',
      comment: 'Rule 5.',
      severity: 'error',
      from: { path: own },
      to: { path: '^(services/[^/]+|gateway|embedded)/', pathNot: '^services/$1/' },
    },
    {
      name: 'libs-import-no-service',
      comment: 'Rule 5.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/testing/boundaries/' },
      to: { path: '^(services|gateway|embedded|web)/' },
    },
    {
      name: 'gateway-imports-libs-only',
      comment: 'Rule 5.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^(services|embedded|web)/' },
    },
    {
      name: 'features-never-import-features',
      comment: 'Rule 6.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'web-imports-no-server',
      comment: 'Rule 6: the web client knows the OpenAPI document and nothing else of the server.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(services|libs|gateway|embedded)/' },
    },
    {
      name: 'no-cycles',
      comment: 'Rule 7: no file imports itself through others, for a type neither.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|./schema$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', 'libs/testing/boundaries'] },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
    extraExtensionsToScan: ['.css'],
  },
};
