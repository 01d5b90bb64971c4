import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { entries } from './entries.js';
import { asCommonJs, asModule, readmeExample } from './readme-example.js';
import { mustRun, runCommand } from './run-command.js';

const typescript = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

async function runScript(app: string, name: string, text: string) {
  await writeFile(join(app, name), text);
  return mustRun(process.execPath, [name], app);
}

describe('an ESM app', () => {
  test('runs the example of the README as printed', async () => {
    await runScript(inject('esmApp'), 'example.js', await asModule(await readmeExample()));
  });

  test.each(entries)('imports %s', async (entry) => {
    const script = `import * as entry from '${entry}';\nconsole.log(Object.keys(entry).length);`;
    expect(Number((await runScript(inject('esmApp'), 'entry.js', script)).stdout)).toBeGreaterThan(0);
  });
});

describe('a CommonJS app', () => {
  test('runs the example of the README, with require for import', async () => {
    await runScript(inject('cjsApp'), 'example.js', await asCommonJs(await readmeExample()));
  });

  test.each(entries)('requires %s', async (entry) => {
    const script = `console.log(Object.keys(require('${entry}')).length);`;
    expect(Number((await runScript(inject('cjsApp'), 'entry.js', script)).stdout)).toBeGreaterThan(0);
  });
});

describe('a TypeScript app with module nodenext', () => {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom'],
    strict: true,
    types: [],
    // tfjs's own declarations need it.
    skipLibCheck: true,
  };

  async function compile(options: object): Promise<string> {
    const app = inject('typedApp');
    await writeFile(join(app, 'example.ts'), await readmeExample());
    const all = entries.map(
      (entry, index) => `import * as entry${index} from '${entry}';\nexport { entry${index} };\n`,
    );
    await writeFile(join(app, 'entries.ts'), all.join(''));
    const config = { compilerOptions: { ...compilerOptions, ...options }, files: ['example.ts', 'entries.ts'] };
    await writeFile(join(app, 'tsconfig.json'), JSON.stringify(config));
    return (await runCommand(process.execPath, [typescript], app)).stdout;
  }

  test('compiles the example of the README, every entry imported, and runs it', async () => {
    expect(await compile({ outDir: 'out' })).toBe('');
    await mustRun(process.execPath, ['out/example.js'], inject('typedApp'));
  });

  test('meets no fault in our declarations when it checks those of its packages', async () => {
    const complaints = (await compile({ noEmit: true, skipLibCheck: false })).split('\n');
    expect(complaints.filter((line) => line.includes('node_modules/minimart'))).toEqual([]);
  });
});
