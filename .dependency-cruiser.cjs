/** The import rule of ARCHITECTURE.md: arrows point inward. Each room lists whom it may know. */
const may = {
  core: [],
  understanding: ['core'],
  knowledge: ['core', 'understanding'],
  dialogue: ['core', 'understanding', 'knowledge'],
  replying: ['core', 'understanding', 'knowledge', 'dialogue', 'tickets'],
  advice: ['core', 'understanding'],
  records: ['core'],
  tickets: ['core'],
  store: ['core'],
  coordination: ['core'],
  delivery: ['core'],
  channels: ['core'],
  desks: ['core', 'tickets'],
  reports: ['core', 'store'],
  http: ['core'],
  preview: ['core', 'knowledge', 'dialogue', 'replying'],
  gaps: ['core', 'understanding', 'knowledge', 'dialogue', 'tickets'],
  sheets: ['core', 'knowledge'],
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^src', pathNot: '\\.d\\.ts$' }, to: {} },
    ...Object.entries(may).map(([room, known]) => ({
      name: `${room}-knows-only-${known.join('-') || 'itself'}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${[room, ...known].join('|')})/` },
    })),
    {
      name: 'one-channel-does-not-know-another',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/([^/]+)/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'dialogue-is-pure',
      severity: 'error',
      from: { path: '^src/(dialogue|tickets|core)/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto)$' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
