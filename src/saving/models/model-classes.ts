/** Classes of tfjs that a saved model may be made of: they compute, and do nothing else. */
export const knownClasses: readonly string[] = [
  ...['Model', 'Functional', 'Sequential', 'InputLayer', 'Dense', 'Flatten', 'Reshape', 'Permute', 'RepeatVector'],
  ...['Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax', 'Masking', 'Embedding'],
  ...['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Conv3DTranspose', 'SeparableConv2D', 'DepthwiseConv2D'],
  ...['Cropping2D', 'ZeroPadding2D', 'UpSampling2D', 'MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D'],
  ...['AveragePooling1D', 'AveragePooling2D', 'AveragePooling3D', 'GlobalAveragePooling1D', 'GlobalMaxPooling1D'],
  ...['GlobalAveragePooling2D', 'GlobalMaxPooling2D', 'BatchNormalization', 'LayerNormalization'],
  ...['Dropout', 'SpatialDropout1D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout'],
  ...['Add', 'Multiply', 'Average', 'Maximum', 'Minimum', 'Concatenate', 'Dot', 'Rescaling'],
  ...['RNN', 'SimpleRNN', 'SimpleRNNCell', 'GRU', 'GRUCell', 'LSTM', 'LSTMCell', 'StackedRNNCells'],
  ...['ConvLSTM2D', 'ConvLSTM2DCell', 'TimeDistributed', 'Bidirectional'],
  ...['Zeros', 'Ones', 'Constant', 'RandomUniform', 'RandomNormal', 'TruncatedNormal', 'Identity', 'VarianceScaling'],
  ...['GlorotUniform', 'GlorotNormal', 'HeNormal', 'HeUniform', 'LeCunNormal', 'LeCunUniform', 'Orthogonal'],
  ...['MaxNorm', 'UnitNorm', 'NonNeg', 'MinMaxNorm', 'L1L2'],
  ...['MinimartActivation', 'MinimartAveragePooling', 'MinimartMaxPooling', 'MinimartMinibatchSpread', 'MinimartPRelu'],
  ...['MinimartReflectionPadding', 'MinimartSeededDropout', 'MinimartSpectralNorm', 'MinimartUpSampling'],
];
