import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Columns } from '../../data/table/column.js';
import { atFileDoor, refuseFile } from '../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { type Document, decodeDocument, encodeDocument } from '../../saving/document/document.js';
import { toJson } from '../../saving/document/json.js';
import { readPrivacyAccount } from '../../saving/document/privacy-account.js';
import { createVocabularyList, readVocabularies } from '../../saving/document/vocabularies.js';
import { requireFiniteTensors } from '../../saving/finite-tensors.js';
import type { TableLayout } from '../layout/table-layout.js';
import { modelOfRows, partsOfModel } from '../model-of-rows.js';
import type { NoColumns, TableModel, TableModelOptions } from '../table-model.js';
import { describeMember, describeStates, readMembers, readStates } from './columns-file.js';
import { describeLayout, type Formulas, learnedMembers, readLayout } from './layout-file.js';
import { savedKinds } from './saved-kinds.js';

/** Options of {@link decodeTableModel}. */
export interface DecodeTableModelOptions<C extends Columns = NoColumns> {
  /** The formulas that the model was learned with: a file holds no functions. Default: none. */
  readonly derived?: TableModelOptions<C>['derived'];
}

const names: OptionNames<DecodeTableModelOptions> = { derived: true };

/** What the header of a file calls it. */
const fileFormat = 'minimart table model 1';

/**
 * Puts a model of a table into the bytes of one file: its columns, vocabularies and states, and its classes, correlations or weights.
 *
 * The file is in the safetensors format, so other languages read its numbers, with a description in JSON and a checksum. It holds what
 * {@link independentColumns}, {@link gaussianCopula}, {@link latentClassMixture}, {@link conditionalNetwork}, {@link trainTableGan} and
 * {@link privateMixture} learned, of the last with what was spent on it, but for the history of the fit. A formula of `derived` is no data:
 * it is given again where the model is read. {@link bootstrapRows} is refused: its file would be the table itself.
 *
 * The file is no more private than the model: it has each different number of the table, with how many rows have it.
 *
 * @param model - Stays as it is.
 * @returns The bytes; {@link decodeTableModel} reads them.
 * @throws RangeError for a model of {@link bootstrapRows}, and for what is no model of this library.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const csv = 'country,pieces\nUK,1\nUK,1\nUK,2\nFrance,12\nFrance,12\nFrance,24\n';
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const model = await latentClassMixture(orders, { classes: 2, seed: 7 });
 * const again = await decodeTableModel(await encodeTableModel(model));
 * (await again.probability({ pieces: 12 })) === (await model.probability({ pieces: 12 })); // true
 */
export async function encodeTableModel<C extends Columns>(model: TableModel<C>): Promise<Uint8Array> {
  const where = 'encodeTableModel';
  const parts = partsOfModel(model);
  if (!parts) refuse(where, 'model', 'be a model of a table, such as latentClassMixture gives', model);
  const { columns, layout, distribution } = parts;
  const state = distribution.state?.();
  if (!state) {
    refuse(where, 'model', 'hold no rows: a bootstrap is its table, which can be kept as such', 'the rows of a table');
  }
  const list = createVocabularyList();
  const tensors: Record<string, SafetensorInput> = { ...state.tensors };
  const description = {
    kind: state.kind,
    model: state.description,
    states: describeStates(columns, tensors),
    ...(layout
      ? { layout: describeLayout(layout, list, tensors) }
      : { columns: columns.map((column) => describeMember(column, list)) }),
    vocabularies: list.states(),
    ...(model.privacy && { privacy: toJson(where, 'model', model.privacy) }),
  };
  await requireFiniteTensors(tensors, (rule, value) => refuse(where, 'model', rule, value));
  return atFileDoor(where, 'model', () => encodeDocument(fileFormat, description, tensors));
}

/**
 * Reads a model of a table from the bytes of {@link encodeTableModel}. Its rows and probabilities have the same bits.
 *
 * The file may come from anybody: nothing in it is run, no path or address in it is opened, everything is checked before it is used, and
 * no more memory or time is taken than the file's own length asks for. Damage is found by a checksum.
 *
 * @param bytes - The whole file.
 * @param options - The formulas of columns that are computed.
 * @returns The model. The type of its columns is the caller's word: `decodeTableModel<OrderColumns>(bytes)`.
 * @throws RangeError when the bytes are no such file, are damaged, or hold what does not fit together, and when a formula is missing or
 *   of a column that is not computed.
 * @see Hugging Face, "Safetensors" (2022), https://github.com/huggingface/safetensors, section "Format"
 * @example
 * const priced = parseTable('price,pieces,total\n3,2,6\n3,1,3\n5,2,10\n', {
 *   price: moneyColumn(),
 *   pieces: countColumn(),
 *   total: moneyColumn(),
 * });
 * const derived = { total: (row: { price: number; pieces: number }) => row.price * row.pieces };
 * const bytes = await encodeTableModel(await independentColumns(priced, { derived }));
 * const again = await decodeTableModel<typeof priced.columns>(bytes, { derived });
 * (await again.probability({ price: 3 })).toFixed(2); // '0.67'
 */
export async function decodeTableModel<C extends Columns = Columns>(
  bytes: Uint8Array,
  options: DecodeTableModelOptions<NoInfer<C>> = {},
): Promise<TableModel<C>> {
  const where = 'decodeTableModel';
  const formulas = requireFormulas(where, options);
  return atFileDoor(where, 'bytes', () => readTableModelBytes<C>(where, bytes, formulas));
}

/** Checks the options, and gives the formulas in them. */
export function requireFormulas<C extends Columns>(where: string, options: DecodeTableModelOptions<C>): Formulas {
  requireOptions(where, options, names);
  const { derived = {} } = options;
  if (typeof derived !== 'object' || derived === null || Array.isArray(derived)) {
    refuse(where, 'derived', 'be an object of formulas by column', derived);
  }
  return derived as Formulas;
}

/** {@link decodeTableModel} within a reader of files. */
export async function readTableModelBytes<C extends Columns>(
  where: string,
  bytes: Uint8Array,
  formulas: Formulas,
): Promise<TableModel<C>> {
  const file = await decodeDocument(bytes, [fileFormat]);
  return readModel<C>(where, file, formulas, createPause());
}

async function readModel<C extends Columns>(
  where: string,
  file: Document,
  formulas: Formulas,
  pause: () => Promise<void>,
): Promise<TableModel<C>> {
  const { description } = file;
  const kind = description.text('kind');
  if (!isSaved(kind)) refuseFile(`hold a model of a kind that is known (${Object.keys(savedKinds).join(', ')})`, kind);
  const vocabularies = await piecemeal(readVocabularies(description), pause);
  const layout: TableLayout | undefined = description.has('layout')
    ? readLayout(where, file, description.part('layout'), vocabularies, formulas)
    : undefined;
  const computed = layout?.derived.map(({ member }) => member.name) ?? [];
  const unknown = Object.keys(formulas).find((name) => !computed.includes(name));
  if (unknown !== undefined) refuse(where, 'derived', 'name computed columns of the model only', unknown);
  const members = layout ? learnedMembers(layout) : readMembers(description.parts('columns'), vocabularies);
  if (members.length === 0) refuseFile('hold columns', 'none');
  const columns = await piecemeal(readStates(file, members, description.parts('states')), pause);
  const distribution = await savedKinds[kind](file, columns, pause);
  const privacy = readPrivacyAccount(description);
  return { ...modelOfRows<C>(columns, distribution, layout), ...(privacy && { privacy }) };
}

function isSaved(kind: string): kind is keyof typeof savedKinds {
  return Object.hasOwn(savedKinds, kind);
}
