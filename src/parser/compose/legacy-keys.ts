/**
 * Keys that services had in the first version of Compose files, and what stands for them now
 * (docs.docker.com/compose/compose-file/compose-versioning, "Upgrading").
 */
export const legacyKeys: Readonly<Record<string, string>> = {
  dockerfile: '"dockerfile:" below "build:"',
  log_driver: '"driver:" below "logging:"',
  log_opt: '"options:" below "logging:"',
  net: '"network_mode:"',
  volume_driver: '"driver:" of a volume, below the top-level "volumes:"',
};
