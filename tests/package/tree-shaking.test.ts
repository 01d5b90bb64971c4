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

// The kinds of columns have everyday names that other code uses for other things.
const everydayNames = ['category', 'count', 'id', 'money', 'number', 'time'];
const publicNames = [...new Set(entries.flatMap((entry) => Object.keys(load(entry))))].filter(
  (name) => !everydayNames.includes(name),
);

const importing = (name: string, entry = 'minimart') =>
  `import { ${name} } from '${entry}';\nglobalThis.used = ${name};\n`;

describe.each(bundlers)('an app bundled with $name', ({ bundle, keptForLazyImports }) => {
  test.each(['minimaxLoss', 'nonSaturatingLoss', 'createRng', 'latentNoise'])(
    'that imports %s carries no other name',
    async (name) => {
      const code = await bundle(app, importing(name));
      const others = publicNames.filter(
        (other) => other !== name && new RegExp(`\\b${other}\\b`).test(withoutComments(code)),
      );
      // latentNoise draws from a stream of its own.
      expect(others.filter((other) => !(name === 'latentNoise' && other === 'createRng'))).toEqual([]);
      expect(code).not.toMatch(/\bclass\b[^{]*\bextends\b|registerKernel|registerClass/);
    },
  );

  test('that imports one loss pays for one loss', async () => {
    const code = await bundle(app, importing('minimaxLoss'), { minify: true });
    const alone = await bundleWithEsbuild(root, importing('minimaxLoss', './src/gan/losses/minimax-loss.ts'), {
      minify: true,
    });
    // Rollup leaves the white space in a library.
    expect(code.length).toBeLessThan(1.3 * alone.length);
    // Most of it refuses what is no option, in words; every loss shares that.
    expect(gzipSync(code).length).toBeLessThan(1700);
  });

  test('that imports one loss brings along what the loss needs of tfjs, not the layers', async () => {
    const loss = await bundle(app, importing('minimaxLoss'), { minify: true, whole: true });
    const operations = '{ add, mean, mul, neg, softplus, sub, tidy }';
    const byHand = `import ${operations} from '@tensorflow/tfjs-core';\nglobalThis.used = ${operations};\n`;
    const least = await bundle(app, byHand, { minify: true, whole: true });
    // RepeatVector is one of the layers, all of which register themselves when tfjs-layers is loaded.
    expect(loss).not.toContain('RepeatVector');
    expect(loss.length).toBeLessThan(least.length + 4500 + keptForLazyImports);
  });

  test.each(browserEntries)('that imports all of %s meets nothing that only Node has', async (entry) => {
    const code = await bundle(app, `import * as all from '${entry}';\nglobalThis.used = all;\n`);
    // esbuild calls the wrapper of a CommonJS package `__require` too, without a name in its call.
    expect(code).not.toMatch(/['"]node:|fast-png|\brequire\(|__require\(['"]/);
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
