// What must be true before a version is published, and where the project's address goes. Read by set-address.mjs, check-release.mjs
// and their tests.

/** Links of a page that are neither addresses nor places in the page itself. */
const relativeLink = /\]\((?![a-z]+:|#)([^)\s]+)\)/g;

/** The fields of package.json that hang on the address, such as `https://github.com/someone/minimart`. */
export function addressFields(address) {
  return {
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
    repository: { type: 'git', url: `git+${address}.git` },
  };
}

/** The address that package.json names, or undefined. */
export function addressOf(manifest) {
  return manifest.repository?.url?.replace(/^git\+/, '').replace(/\.git$/, '');
}

/** A page whose links to files of the project lead to the address: on a page of a registry no file lies beside it. */
export function withAbsoluteLinks(page, address) {
  return page.replace(relativeLink, (_link, path) => `](${address}/blob/main/${path})`);
}

/** What stands in the way of a release, in words; nothing where nothing does. */
export function releaseFaults({ manifest, readme, changelog, changesets }) {
  const address = addressOf(manifest);
  const faults = [];
  if (!address) {
    faults.push(
      'package.json has no `repository`: run `node scripts/set-address.mjs https://github.com/OWNER/minimart`',
    );
  } else {
    for (const [name, value] of Object.entries(addressFields(address))) {
      if (JSON.stringify(manifest[name]) !== JSON.stringify(value)) {
        faults.push(`\`${name}\` of package.json is not that of ${address}: run scripts/set-address.mjs`);
      }
    }
    const links = [...readme.matchAll(relativeLink)].map(([, path]) => path);
    if (links.length > 0) faults.push(`README.md links to files that a registry's page has not: ${links.join(', ')}`);
  }
  const newest = changelog.match(/^## (\S+)$/m)?.[1];
  if (newest !== manifest.version) {
    faults.push(`CHANGELOG.md begins with ${newest ?? 'no version'}, package.json has ${manifest.version}`);
  }
  if (changesets.length > 0) faults.push(`changesets wait for \`npx changeset version\`: ${changesets.join(', ')}`);
  return faults;
}
