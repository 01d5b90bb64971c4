interface Names {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

const data: Names = {
  values: ['parseIdx', 'scalePixels'],
  types: ['ArrayData', 'Batch', 'NumericArray', 'TrainingData'],
};

const gan: Names = {
  values: [
    'buildDiscriminator',
    'buildGenerator',
    'ganSteps',
    'minimaxLoss',
    'nonSaturatingLoss',
    'sampleGan',
    'trainGan',
  ],
  types: [
    'AdversarialLoss',
    'ConvDiscriminatorConfig',
    'ConvGeneratorConfig',
    'DenseDiscriminatorConfig',
    'DenseGeneratorConfig',
    'DiscriminatorBase',
    'DiscriminatorConfig',
    'GanOptions',
    'GanReport',
    'GanResult',
    'GeneratorBase',
    'GeneratorConfig',
    'MinimaxLossOptions',
    'SampleGanOptions',
    'TrainGanOptions',
  ],
};

const node: Names = {
  values: ['encodeImageGrid', 'readIdx', 'writeImageGrid'],
  types: ['ImageGridOptions'],
};

const rl: Names = {
  values: [
    'categoricalQLearningLoss',
    'categoricalQLearningTarget',
    'createDqn',
    'doubleQLearningTarget',
    'expectedSarsaTarget',
    'greedyAction',
    'lambdaReturns',
    'nStepReturns',
    'persistentQLearningTarget',
    'projectCategorical',
    'qLearningLoss',
    'qLearningTarget',
    'quantileQLearningLoss',
    'quantileQLearningTarget',
    'randomAction',
    'sarsaTarget',
    'tdError',
  ],
  types: [
    'BoxSpace',
    'CategoricalTargetOptions',
    'DiscreteSpace',
    'DistributionLossOptions',
    'Environment',
    'EnvironmentReset',
    'EnvironmentStep',
    'LambdaOptions',
    'NStepOptions',
    'NextActionOptions',
    'PersistentOptions',
    'QLearningLossOptions',
    'QuantileLossOptions',
    'QuantileTargetOptions',
  ],
};

// What the main entry has beside those of the domains.
const shared: Names = {
  values: [
    'ActivationLayer',
    'Adam',
    'AveragePooling',
    'MaxPooling',
    'NonFiniteLossError',
    'PRelu',
    'ReflectionPadding',
    'SeededDropout',
    'UpSampling',
    'activationLayer',
    'adam',
    'averagePooling',
    'checkSecondOrder',
    'clipActivation',
    'createRng',
    'eluActivation',
    'exponentialActivation',
    'geluActivation',
    'latentNoise',
    'layerBase',
    'leakyReluActivation',
    'maxPooling',
    'preluActivation',
    'preluLayer',
    'prepareBackend',
    'reflectionPadding',
    'registerLayers',
    'reseedLayers',
    'restoreRng',
    'seededDropout',
    'seluActivation',
    'sigmoidActivation',
    'softmaxActivation',
    'swishActivation',
    'tanhActivation',
    'upSampling',
    'useBackend',
  ],
  types: [
    'ActivationConfig',
    'ActivationKind',
    'ActivationSettings',
    'AdamConfig',
    'AveragePoolingConfig',
    'ClipOptions',
    'EluOptions',
    'Gradients',
    'Interpolation',
    'LayerBase',
    'LayerCallArguments',
    'LayerConfig',
    'LayerStatics',
    'LeakyReluOptions',
    'LoopOptions',
    'MaxPoolingConfig',
    'OptimizerTensor',
    'PReluConfig',
    'Pair',
    'PoolWindow',
    'Progress',
    'ReflectionPaddingConfig',
    'Reseedable',
    'Rng',
    'RngState',
    'SecondOrderProblem',
    'SeededDropoutConfig',
    'UpSamplingConfig',
  ],
};

/** What users can import, entry by entry. */
export const publicNames: Readonly<Record<string, Names>> = {
  minimart: join(data, gan, rl, shared),
  'minimart/data': data,
  'minimart/gan': gan,
  'minimart/node': node,
};

function join(...lists: readonly Names[]): Names {
  return { values: lists.flatMap(({ values }) => values), types: lists.flatMap(({ types }) => types) };
}
