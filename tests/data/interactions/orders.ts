import { type Interactions, idColumn, numberColumn, parseTable, type TableInteractions, timeColumn } from 'minimart';

/** Columns that keep missing values. */
export const kinds = {
  order: idColumn(),
  user: idColumn({ missing: 'keep' }),
  item: idColumn({ missing: 'keep' }),
  pieces: numberColumn({ missing: 'keep' }),
  day: timeColumn({ format: 'seconds', missing: 'keep' }),
};
export const header = 'order,user,item,pieces,day\n';
export const tableOf = (...rows: string[]) => parseTable(header + rows.join('\n'), kinds);
export const names = { user: 'user', item: 'item', weight: 'pieces', time: 'day' } as const;

/** The rows with the callers' ids, each as one text. */
export const shown = ({ users, items, userIndices, itemIndices, weights, length }: Interactions) =>
  Array.from({ length }, (_, row) =>
    [users.idAt(userIndices[row]!), items.idAt(itemIndices[row]!), weights[row]].join(' '),
  );
/** The reasons that some row was dropped for. */
export const drops = ({ report }: TableInteractions) =>
  Object.fromEntries(Object.entries(report.dropped).filter(([, rows]) => rows > 0));
