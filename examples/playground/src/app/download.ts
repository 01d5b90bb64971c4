/** Saves a file from the page; nothing is sent anywhere. */
export function download(name: string, content: Uint8Array | string): void {
  const type = typeof content === 'string' ? 'text/plain' : 'application/octet-stream';
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const url = URL.createObjectURL(new Blob([part], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
