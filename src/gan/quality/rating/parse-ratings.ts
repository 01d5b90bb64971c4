import { categoryColumn } from '../../../data/table/kinds/category-column.js';
import { countColumn } from '../../../data/table/kinds/count-column.js';
import { parseTableFor } from '../../../data/table/parse-table.js';
import { refuse, requireText } from '../../../internal/require.js';
import type { Rating } from './score-ratings.js';

/**
 * Reads answers to a rating sheet from CSV text with the columns `rater`, `item` and `answer`, as the sheet's page hands them
 * out, or as a spreadsheet saves the filled-in table. Rows without an answer are left out.
 *
 * @param csvText - Separated by commas, semicolons or tabs: a header line and one line for each answer; put several raters' files one behind the other without their
 *   headers, or join the lists.
 * @returns The answers, in their order.
 * @throws RangeError when a column is missing, a row does not fit, or an answer is neither `real` nor `generated`.
 * @example
 * parseRatings('rater,item,answer\nann,1,real\nann,2,\n'); // [{ rater: 'ann', item: 1, answer: 'real' }]
 */
export function parseRatings(csvText: string): Rating[] {
  requireText('parseRatings', 'csvText', csvText);
  const { columns, length } = parseTableFor(
    'parseRatings',
    csvText,
    { rater: categoryColumn(), item: countColumn(), answer: categoryColumn() },
    // A sheet that nobody has begun, or left after a few, is no fault.
    { badRows: 'throw', mostLost: 1, delimiter: delimiterOf(csvText) },
  );
  return Array.from({ length }, (_, row) => {
    const answer = columns.answer.vocabulary.idAt(columns.answer.codes[row]!)!;
    if (answer !== 'real' && answer !== 'generated') {
      refuse('parseRatings', 'answer', "be 'real' or 'generated'", answer);
    }
    return {
      rater: columns.rater.vocabulary.idAt(columns.rater.codes[row]!)!,
      item: columns.item.values[row]!,
      answer,
    };
  });
}

// Spreadsheets of many countries save with semicolons; no name of a column holds one.
function delimiterOf(csvText: string): string {
  const header = csvText.slice(0, csvText.indexOf('\n'));
  return [';', '\t'].find((each) => header.includes(each)) ?? ',';
}
