/** `service "web"`, `services "web" and "db"`, `services "web", "db" and "cache"`. */
export function servicesInWords(services: readonly string[]): string {
  return `${services.length === 1 ? 'service' : 'services'} ${namesInWords(services)}`;
}

/** `"web"`, `"web" and "db"`, `"web", "db" and "cache"`. */
export function namesInWords(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop();
  return quoted.length === 0 ? `${last}` : `${quoted.join(', ')} and ${last}`;
}

/** A text that begins a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
