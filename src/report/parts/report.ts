/** One part of a report: words, a table, a chart, or something of your own. */
export interface ReportPart {
  /** How it stands on a page: HTML as it is, so that whoever makes a part escapes what comes from data. */
  readonly html: string;
  /** The same in plain text. */
  readonly text: string;
}

/** Parts under one heading. */
export interface ReportSection {
  /** The heading, plain text. */
  readonly heading: string;
  /** What stands under it, from top to bottom. */
  readonly parts: readonly ReportPart[];
}

/** What {@link reportPage} and {@link formatReport} show. */
export interface Report {
  /** The heading of all, and the name of the browser's tab; plain text. */
  readonly title: string;
  /** A sentence or two under it, plain text. Default: none. */
  readonly lead?: string;
  /** The sections, from top to bottom. */
  readonly sections: readonly ReportSection[];
  /** What stands at the end in small letters, plain text. Default: none. */
  readonly footer?: string;
}
