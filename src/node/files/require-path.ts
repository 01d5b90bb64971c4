import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuse } from '../../internal/require.js';

/** The path as text, absolute; refuses what is none: numbers are open files to Node. */
export function requirePath(where: string, name: string, path: unknown): string {
  if (path instanceof URL) {
    if (path.protocol !== 'file:') refuse(where, name, 'be a path, or a URL that starts with file:', path.href);
    return fileURLToPath(path);
  }
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    refuse(where, name, 'be a path or a file URL', path);
  }
  return resolve(path);
}
