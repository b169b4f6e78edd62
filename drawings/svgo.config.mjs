export default {
  floatPrecision: 0,
  plugins: [{ name: "preset-default", params: { overrides: { convertTransform: { floatPrecision: 2, transformPrecision: 4 } } } }],
};
