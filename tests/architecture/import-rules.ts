import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { isLayer, layerFault, layerOfPeer, layersOutsideMainEntry } from './layers.js';
import { type Violation, violation } from './violation.js';

interface ImportSite {
  readonly node: ts.Node;
  readonly specifier: string;
}

/** What the rules have to know of the package itself. */
export interface PackageNames {
  /** Names in `dependencies` and `peerDependencies`: all that a user of the package has installed. */
  readonly installed: readonly string[];
}

/** Checks every import, re-export, dynamic import and import type of one file. */
export function checkImports(source: ts.SourceFile, packages: PackageNames): Violation[] {
  return importSites(source).flatMap((site) =>
    site.specifier.startsWith('.') ? checkRelative(source, site) : checkBare(source, site, packages),
  );
}

function checkRelative(source: ts.SourceFile, { node, specifier }: ImportSite): Violation[] {
  const found: Violation[] = [];
  const target = posix.join(posix.dirname(source.fileName), specifier);
  if (!specifier.endsWith('.js')) {
    found.push(violation(source, node, 'relative-specifiers', `'${specifier}' does not end in .js`));
  }
  if (isIndex(target) && !isIndex(source.fileName)) {
    found.push(violation(source, node, 'no-index-imports', `a source file imports '${specifier}'`));
  }
  const fault = relativeFault(source.fileName, target);
  if (fault) found.push(violation(source, node, 'layers', fault));
  return found;
}

function relativeFault(from: string, target: string): string | undefined {
  if (target.startsWith('..')) return `'${target}' lies outside src`;
  const toFolder = topFolder(target);
  if (from !== 'index.ts') return layerFault(topFolder(from), toFolder);
  if (!isLayer(toFolder)) return `'${toFolder}' is no layer of src`;
  const reason = layersOutsideMainEntry[toFolder];
  return reason && `the main entry lists ${reason}`;
}

function checkBare(source: ts.SourceFile, { node, specifier }: ImportSite, packages: PackageNames): Violation[] {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    const allowed = topFolder(source.fileName) === 'node' && specifier.startsWith('node:');
    return allowed ? [] : [violation(source, node, 'node-modules', `imports '${specifier}'`)];
  }
  // The roots only: no tfjs package lets Node import a path below its root.
  const only = layerOfPeer[specifier];
  const isForeign = only !== undefined && topFolder(source.fileName) !== only;
  if (!isForeign && packages.installed.includes(specifier)) return [];
  // pure-rand and fflate publish their parts as subpaths of the package.
  const root = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (!root.startsWith('@tensorflow/') && packages.installed.includes(root)) return [];
  return [violation(source, node, 'packages', `imports '${specifier}', which is neither peer nor dependency`)];
}

function importSites(source: ts.SourceFile): ImportSite[] {
  const sites: ImportSite[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) sites.push({ node, specifier });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literalText(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literalText(node.expression);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literalText(node.argument.literal);
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'require';
  return loads ? literalText(node.arguments[0]) : undefined;
}

function literalText(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function isIndex(path: string): boolean {
  return /(^|\/)(index(\.[jt]s)?|\.+)$/.test(path) || path.endsWith('/');
}

function topFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}
