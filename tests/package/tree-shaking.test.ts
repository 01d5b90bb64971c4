import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { bundlers, bundleWithEsbuild } from './bundle.js';
import { browserEntries, entries } from './entries.js';

const app = inject('esmApp');
const load = createRequire(join(app, 'package.json'));
const root = fileURLToPath(new URL('../..', import.meta.url));

const publicNames = [...new Set(entries.flatMap((entry) => Object.keys(load(entry))))];

const importing = (name: string, entry = 'minimart') =>
  `import { ${name} } from '${entry}';\nglobalThis.used = ${name};\n`;

describe.each(bundlers)('an app bundled with %s', (_, bundle) => {
  test.each(['minimaxLoss', 'nonSaturatingLoss', 'createRng', 'latentNoise'])(
    'that imports %s carries no other name',
    async (name) => {
      const code = await bundle(app, importing(name));
      const others = publicNames.filter(
        (other) => other !== name && new RegExp(`\\b${other}\\b`).test(withoutComments(code)),
      );
      // latentNoise draws from a stream of its own.
      expect(others.filter((other) => !(name === 'latentNoise' && other === 'createRng'))).toEqual([]);
      expect(code).not.toMatch(/\bclass\b|registerKernel|registerClass/);
    },
  );

  test('that imports one loss pays for one loss', async () => {
    const code = await bundle(app, importing('minimaxLoss'), { minify: true });
    const alone = await bundleWithEsbuild(root, importing('minimaxLoss', './src/gan/minimax-loss.ts'), {
      minify: true,
    });
    expect(code.length).toBeLessThan(1.1 * alone.length + 100);
    expect(gzipSync(code).length).toBeLessThan(1000);
  });

  test.each(browserEntries)('that imports all of %s meets nothing that only Node has', async (entry) => {
    const code = await bundle(app, `import * as all from '${entry}';\nglobalThis.used = all;\n`);
    expect(code).not.toMatch(/['"]node:|fast-png|\brequire\(|__require/);
  });
});

test('the check sees a name that is there', async () => {
  const code = await bundleWithEsbuild(app, importing('trainGan'));
  expect(publicNames.filter((name) => new RegExp(`\\b${name}\\b`).test(withoutComments(code)))).toContain(
    'nonSaturatingLoss',
  );
});

// What a comment names costs nothing, and minifiers take it out.
function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
