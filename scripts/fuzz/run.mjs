/** What is wrong with how the core takes an input, in words; undefined where nothing is. */
export function faultOf(core, input) {
  try {
    return checkProject(core, input) ?? checkTaskDefinitions(core, input);
  } catch (error) {
    return `it throws ${error.stack}`;
  }
}

function checkProject(core, { files }) {
  const host = hostOf(files);
  const composeFiles = Object.keys(files).filter((name) => /compose.*\.ya?ml$/.test(name));
  const isFound = /^(?:docker-)?compose\.ya?ml$/m.test(composeFiles.join('\n'));
  const options = isFound || composeFiles.length === 0 ? {} : { files: [`/app/${composeFiles[0]}`] };
  const { project, task, diagnostics } = core.compile(host, { ...options, region: 'eu-west-1' });
  const sources = [...placesOf(diagnostics)];
  if (project !== undefined) {
    sources.push(...treeSources(project.root));
    core.writeYaml(core.projectJson(project));
    JSON.parse(JSON.stringify(core.projectJson(project)));
  } else if (!core.hasErrors(diagnostics)) {
    return 'there is no project, and no error says why';
  }
  if (task !== undefined) {
    sources.push(...[...task.origins.values()].flatMap(({ source }) => source ?? []));
    JSON.parse(JSON.stringify(task.definition));
    core.annotate(task, String);
  } else if (!core.hasErrors(diagnostics)) {
    return 'there is no task definition, and no error says why';
  }
  core.usedVariables(core.loadProject(host, options, () => {}).documents);
  return faultOfOutput(core, diagnostics) ?? faultOfSources(sources);
}

function checkTaskDefinitions(core, { files }) {
  for (const name of Object.keys(files).filter((name) => name.endsWith('.json'))) {
    const diagnostics = [];
    const report = (diagnostic) => diagnostics.push(diagnostic);
    const read = core.readTaskDefinition(hostOf(files), `/app/${name}`, report);
    if (read?.definition !== undefined) core.check(read.definition, read.locate, report);
    const fault = faultOfOutput(core, diagnostics) ?? faultOfSources(placesOf(diagnostics));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOfOutput(core, diagnostics) {
  const text = core.formatText(diagnostics, { color: false, displayPath: String });
  if (/[^\P{Cc}\t\n]/u.test(text)) return `a control character is printed: ${JSON.stringify(text)}`;
  JSON.parse(JSON.stringify(core.diagnosticsJson(diagnostics, String)));
  return undefined;
}

function faultOfSources(sources) {
  for (const { file, start, end } of sources) {
    const isWithin = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end;
    if (!isWithin || end > file.text.length)
      return `a place is outside ${file.path} (${file.text.length}): ${start} to ${end}`;
  }
  return undefined;
}

function placesOf(diagnostics) {
  return diagnostics.flatMap(({ source, related }) => [
    ...(source ? [source] : []),
    ...related.map((one) => one.source),
  ]);
}

function* treeSources(node) {
  yield node.source;
  for (const { source } of node.related ?? []) yield source;
  if (node.kind === 'sequence') for (const item of node.items) yield* treeSources(item);
  if (node.kind !== 'mapping') return;
  for (const { key, value } of node.entries.values()) {
    yield key;
    yield* treeSources(value);
  }
}

function hostOf(files) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/app/${name}`, text]));
  const read = (path) => {
    const text = texts.get(path);
    if (text !== undefined)
      return text.includes('\u0000') ? { failure: 'binary' } : { text: text.replace(/^\ufeff/, '') };
    return { failure: path === '/app' || path === '/' ? 'directory' : 'missing' };
  };
  return {
    cwd: '/app',
    environment: { HOME: '/home/me', TAG: '1', EMPTY: '' },
    read,
    readStandardInput: () => ({ failure: 'missing' }),
    kind: (path) => (texts.has(path) ? 'file' : path === '/app' || path === '/' ? 'directory' : 'missing'),
    list: (path) =>
      path === '/app'
        ? Object.keys(files)
            .sort()
            .map((name) => ({ name, kind: 'file' }))
        : [],
    now: () => 0,
  };
}
