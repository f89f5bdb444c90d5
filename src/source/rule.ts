/**
 * What made a value that is not, as it is, the text at its place: in words that `explain` and `convert --annotate` show
 * beside the place. The first rule that had a part in a value is the one it keeps.
 */
export type Rule = ShortForm | Default | Reading | Supplied;

/** The value is written out from a short form, or is the part of it that its place covers. */
type ShortForm =
  | 'short form of build'
  | 'short form of configs'
  | 'short form of depends_on'
  | 'short form of devices'
  | 'short form of env_file'
  | 'short form of external'
  | 'short form of extra_hosts'
  | 'short form of gpus'
  | 'short form of healthcheck.test'
  | 'short form of models'
  | 'short form of networks'
  | 'short form of ports'
  | 'short form of secrets'
  | 'short form of volumes'
  /** A list of `KEY=value` that became a mapping, and what one of its items says. */
  | 'list of KEY=value'
  /** A text where a list may stand. */
  | 'list of one'
  /** A command line that became a list, and each of its words. */
  | 'words of a command line';

/** Nothing is written; the place is that of what has the default. */
type Default =
  | 'default context of build'
  | 'default count of devices'
  | 'default create_host_path of bind'
  | 'default dockerfile of build'
  | 'default mode of ports'
  | 'default network'
  | 'default permissions of devices'
  | 'default protocol of ports'
  | 'default required of depends_on'
  | 'default required of env_file'
  | 'default target of devices'
  | 'default target of secrets';

/** The value is written otherwise at its place. */
type Reading =
  /** `all`, where a count is wanted, is -1. */
  | 'all devices'
  | 'duration as Go prints it'
  /** `id: path`, where `docker build` takes `id=path`. */
  | 'mapping of ssh'
  /** The nearest number of 32 bits. */
  | 'number of single precision'
  /** An empty mapping, which says as much as none. */
  | 'no attributes'
  /** Null, where only texts can stand. */
  | 'no value is an empty text'
  | 'normal form of the project name'
  | 'octal mode'
  | 'path made absolute'
  | 'path without empty parts'
  /** `if_not_present` is a synonym. */
  | 'pull policy missing'
  | 'size in bytes'
  /** A number, a boolean or a date as Go prints it. */
  | 'text of a scalar'
  /** A YAML tag such as `!!str` decides. */
  | 'type that a tag names'
  /** The fraction is dropped. */
  | 'whole number';

/** The value comes from elsewhere, or follows from something else. */
type Supplied =
  /** `links`, `volumes_from` and shared namespaces make a service depend on another. */
  /** What runs before a service starts runs in its image. */
  | 'image of the service'
  | 'implied dependency'
  | 'line of an env_file'
  | 'line of a label_file'
  | 'name of a resource'
  | 'name of the project directory'
  | 'project name given'
  /** A name without a value takes that of the project's variable. */
  | 'variable of the project';
