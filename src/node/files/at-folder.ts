import { refusal } from '../../internal/require.js';

/** Says of what the system refuses in whose name it was asked; its own error is the `cause`. */
export async function atFolder<T>(where: string, folder: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    const rule = 'be a folder that can be read and written';
    throw new Error(`${refusal(where, 'folder', rule, folder)} ${message}`, { cause: error });
  }
}
