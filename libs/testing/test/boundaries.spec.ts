import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');
jest.setTimeout(60_000);

/** A little tree that keeps every rule. */
const clean: Record<string, string> = {
  'services/a/src/domain/thing.ts': 'export const thing = 1;',
  'services/a/src/application/use.ts': "import { thing } from '../domain/thing.js';\nexport const use = thing;",
  'services/a/src/adapters/http/web.ts': "import { use } from '../../application/use.js';\nexport const web = use;",
  'services/a/src/adapters/mongo/store.ts':
    "import { thing } from '../../domain/thing.js';\nexport const store = thing;",
  'services/a/src/a.module.ts': "import { web } from './adapters/http/web.js';\nexport const module = web;",
  'services/b/src/domain/other.ts': 'export const other = 2;',
  'gateway/src/index.ts': "import { kit } from '../../libs/kit/src/index.js';\nexport const gateway = kit;",
  'libs/kit/src/index.ts': 'export const kit = 3;',
  'libs/contracts/src/index.ts': 'export const contract = 4;',
  'web/src/features/one/one.ts': 'export const one = 5;',
  'web/src/features/two/two.ts': 'export const two = 6;',
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext" } }',
};

/** Rule → a file that breaks it. */
const planted: Record<string, [string, string]> = {
  'domain-imports-only-domain': ['services/a/src/domain/bad.ts', "import '@nestjs/common';"],
  'application-imports-domain-and-injection': [
    'services/a/src/application/bad.ts',
    "import '../adapters/mongo/store.js';",
  ],
  'policies-know-no-technology': ['services/a/src/access.ts', "import '@nestjs/common';"],
  'access-imports-nothing': ['libs/access/src/bad.ts', "import '../../kit/src/index.js';"],
  'people-are-known-without-technology': ['libs/people/src/people.ts', "import '../../kit/src/index.js';"],
  'adapters-never-import-one-another': ['services/a/src/adapters/http/bad.ts', "import '../mongo/store.js';"],
  'adapters-import-inward': ['services/a/src/adapters/mongo/bad.ts', "import '../../a.module.js';"],
  'contracts-are-for-the-bus': [
    'services/a/src/adapters/http/bad.ts',
    "import '../../../../../libs/contracts/src/index.js';",
  ],
  'services-import-no-service': ['services/a/src/adapters/mongo/bad.ts', "import '../../../../b/src/domain/other.js';"],
  'libs-import-no-service': ['libs/kit/src/bad.ts', "import '../../../services/b/src/domain/other.js';"],
  'gateway-imports-libs-only': ['gateway/src/bad.ts', "import '../../services/b/src/domain/other.js';"],
  'features-never-import-features': ['web/src/features/one/bad.ts', "import '../two/two.js';"],
  'web-imports-no-server': ['web/src/features/one/bad.ts', "import '../../../../libs/kit/src/index.js';"],
  'no-cycles': ['libs/kit/src/bad.ts', "import type { Too } from './bad-too.js';\nexport type Bad = Too[];"],
  'everything-resolves': ['libs/kit/src/bad.ts', "import './nowhere.js';"],
};

describe('the boundaries', () => {
  let tree: string;

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'medflow-boundaries-'));
    cpSync(join(root, '.dependency-cruiser.mjs'), join(tree, '.dependency-cruiser.mjs'));
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    for (const [path, text] of Object.entries(clean)) write(path, text);
  });

  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  /** Names of the rules that the tree breaks. */
  function broken(): string[] {
    const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const args = [
      cli,
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'json',
      'libs',
      'services',
      'gateway',
      'web/src',
    ];
    const { summary } = JSON.parse(
      execFileSync(process.execPath, args, { cwd: tree, maxBuffer: 64 * 1024 * 1024 }).toString(),
    ) as {
      summary: { violations: { rule: { name: string } }[] };
    };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))];
  }

  it('let a tree pass that keeps them', () => {
    expect(broken()).toEqual([]);
  });

  it.each(Object.entries(planted))('%s bites', (rule, [path, text]) => {
    write(path, text);
    write('libs/kit/src/bad-too.ts', "import type { Bad } from './bad.js';\nexport interface Too { bad: Bad }");
    try {
      expect(broken()).toContain(rule);
    } finally {
      rmSync(join(tree, path));
      rmSync(join(tree, 'libs/kit/src/bad-too.ts'));
    }
  });
});
