/** Where each sign of {@link ganDoctor} begins. The defaults lie between what healthy and broken runs of the benchmark show. */
export interface DoctorLimits {
  /**
   * Share of a network's weights that one step changes, from which the learning rate is too high. Default 0.07: in their first
   * steps healthy runs change 0.01 to 0.02, {@link recommendedGan} for images 0.04, runs at ten times its rate 0.1 and more.
   */
  readonly weightUpdate: number;
  /**
   * Share of a network's weights that one step changes, below which it does not learn at all. Default 1e-6: usual rates
   * change a thousand times as much.
   */
  readonly weightStill: number;
  /** Mean change of a score between two reports, from which the game swings instead of settling. Default 0.25. */
  readonly scoreSwing: number;
  /** Size of a loss that no healthy game on scaled data reaches. Default 1000. */
  readonly lossSize: number;
  /**
   * Mean score of fakes below which the discriminator is sure of all of them. Default 0.02: the loss of
   * {@link minimaxLoss} then has a fiftieth of its slope left.
   */
  readonly fakeScore: number;
  /**
   * Share of the last distance that a generator must gain on the data within `persistence` examinations to count as
   * improving beside a sure discriminator. Default 0.05.
   */
  readonly improvement: number;
  /**
   * Mean distance between two generated samples, over that between two real ones, below which the generator has
   * collapsed. Default 0.15: fresh generators stand at about 0.2, trained ones above 0.5.
   */
  readonly diversity: number;
  /**
   * Share of generated samples that lie very near a training sample (a third of the distance at which training samples
   * have their nearest neighbour), from which the generator memorises. Default 0.3: points in the plane, where chance
   * alone brings 0.07, reach 0.15 in healthy runs, images 0.
   */
  readonly near: number;
  /** Part of what conditions do to real samples that generated ones must reproduce. Default 0.3. */
  readonly reproduced: number;
  /** Part of the range of the generator's last activation that the data must use. Default 0.55, so [0, 1] is not for tanh. */
  readonly rangeUse: number;
  /**
   * Root mean square of the data beyond which, or below a tenth of whose inverse, a generator without bounds does not reach
   * them soon: fresh networks give numbers of about 1. Default 10, so from 0.01 to 10.
   */
  readonly dataSize: number;
}

/** The limits that hold where none are given. */
export const defaultLimits: DoctorLimits = {
  weightUpdate: 0.07,
  weightStill: 1e-6,
  scoreSwing: 0.25,
  lossSize: 1000,
  fakeScore: 0.02,
  improvement: 0.05,
  diversity: 0.15,
  near: 0.3,
  reproduced: 0.3,
  rangeUse: 0.55,
  dataSize: 10,
};
