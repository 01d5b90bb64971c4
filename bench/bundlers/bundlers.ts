import { componentOf } from './apps.js';

/** How an empty app is bundled by one program, as its own documentation starts. */
export interface Bundler {
  readonly name: string;
  readonly packages: readonly string[];
  /** What is put into its package.json. */
  readonly manifest?: object;
  /** Files beside `src/index.js` and `src/readme.js`; made from the lines. */
  files(lines: string): Readonly<Record<string, string>>;
  /** The command that builds, in the app's folder; `serve` has a development server instead, to which a port is added. */
  readonly command: readonly string[];
  readonly isServer?: boolean;
  /** Folder with the built app. */
  readonly out: string;
  /** Files that are put beside what was built. */
  readonly page?: string;
  /** What was needed besides the lines, in words. */
  readonly needed: string;
}

const html = (script: string, kind = 'type="module"') =>
  `<!doctype html><title>minimart</title><script ${kind} src="${script}"></script>\n`;

const workersOfVite = { 'vite.config.js': "export default { worker: { format: 'es' } };\n" };

export const bundlers: readonly Bundler[] = [
  {
    name: 'Vite',
    packages: ['vite'],
    files: () => ({ 'index.html': html('/src/index.js'), ...workersOfVite }),
    command: ['vite', 'build'],
    out: 'dist',
    needed: "nothing; in a worker `worker: { format: 'es' }`",
  },
  {
    name: 'Vite, developing',
    packages: ['vite'],
    files: () => ({ 'index.html': html('/src/index.js') }),
    command: ['vite', '--host', '127.0.0.1', '--strictPort', '--port'],
    isServer: true,
    out: '.',
    needed: 'nothing',
  },
  {
    name: 'webpack',
    packages: ['webpack', 'webpack-cli'],
    files: () => ({}),
    command: ['webpack', '--mode', 'production'],
    out: 'dist',
    page: html('/main.js', 'defer'),
    needed: 'nothing',
  },
  {
    name: 'Rspack',
    packages: ['@rspack/core', '@rspack/cli'],
    files: () => ({}),
    command: ['rspack', 'build', '--mode', 'production'],
    out: 'dist',
    page: html('/main.js', 'defer'),
    needed: 'nothing',
  },
  {
    name: 'Rollup',
    packages: ['rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs'],
    files: () => ({}),
    command: [
      ...['rollup', 'src/index.js', 'src/readme.js', '-d', 'dist', '-f', 'es'],
      ...['-p', 'node-resolve={browser:true}', '-p', 'commonjs'],
    ],
    out: 'dist',
    page: html('/index.js'),
    needed: 'the plugins node-resolve (`browser: true`) and commonjs, which tfjs needs',
  },
  {
    name: 'esbuild',
    packages: ['esbuild'],
    files: () => ({}),
    command: ['esbuild', 'src/index.js', 'src/readme.js', '--bundle', '--format=esm', '--splitting', '--outdir=dist'],
    out: 'dist',
    page: html('/index.js'),
    needed: '`--format=esm --splitting`',
  },
  {
    name: 'Parcel',
    packages: ['parcel'],
    manifest: { '@parcel/resolver-default': { packageExports: true } },
    files: () => ({ 'index.html': html('/src/index.js') }),
    command: ['parcel', 'build', 'index.html', '--no-cache'],
    out: 'dist',
    needed: '`"@parcel/resolver-default": { "packageExports": true }` in package.json',
  },
  {
    name: 'Next, client component',
    packages: ['next', 'react', 'react-dom'],
    files: (lines) => ({
      'app/layout.js':
        'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }\n',
      'app/page.js': componentOf(lines),
      'app/readme.js': lines,
      'next.config.mjs': "export default { output: 'export' };\n",
    }),
    command: ['next', 'build'],
    out: 'out',
    needed: "nothing; the lines stand in a function that `useEffect` calls, in a file with `'use client'`",
  },
];
