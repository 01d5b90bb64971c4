import type { Network } from '../models/network.js';
import type { Feature, FeatureColumn, FeatureColumns } from './features.js';
import { rowDomain } from './network-inputs.js';

/** What is known of a model's inputs. */
export interface InputModel {
  readonly features: Readonly<Record<string, Feature>>;
  readonly userColumns: FeatureColumns;
  readonly itemColumns: FeatureColumns;
  readonly network: Network;
}

/** Features that a batch must name indices of: each is a domain of its own. */
export function keyedFeatures({ features, userColumns, itemColumns }: InputModel): string[] {
  return Object.keys(features).filter(
    (name) => features[name]!.kind === 'categorical' && !(name in userColumns) && !(name in itemColumns),
  );
}

/** Whose property a feature is: `'user'`, `'item'`, or undefined for one that comes with the batch. */
export function ownerOf({ userColumns, itemColumns }: InputModel, feature: string): 'user' | 'item' | undefined {
  if (feature in userColumns) return 'user';
  return feature in itemColumns ? 'item' : undefined;
}

/** The values that the model keeps for a feature, by user or item index. */
export function columnOf({ userColumns, itemColumns }: InputModel, feature: string): FeatureColumn | undefined {
  return userColumns[feature] ?? itemColumns[feature];
}

/**
 * The domain of each node: that of its inputs where they agree, the batch's rows otherwise. A bag that leaves something
 * out differs from row to row; the output always stands in the batch's rows.
 */
export function nodeDomains(model: InputModel, isTraining: boolean): string[] {
  const { nodes } = model.network;
  const domains: string[] = [];
  for (const node of nodes) {
    if (node.op === 'leaf') domains.push(leafDomain(model, node.feature, isTraining));
    else {
      const [first, ...others] = node.inputs.map((input) => domains[input]!);
      domains.push(others.every((other) => other === first) ? first! : rowDomain);
    }
  }
  domains[nodes.length - 1] = rowDomain;
  return domains;
}

function leafDomain(model: InputModel, name: string, isTraining: boolean): string {
  const feature = model.features[name]!;
  if (feature.kind === 'bag' && feature.leaveOut !== undefined && isTraining) return rowDomain;
  const owner = ownerOf(model, name);
  if (owner !== undefined) return owner;
  return feature.kind === 'categorical' ? name : rowDomain;
}
