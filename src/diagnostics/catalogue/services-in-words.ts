/** `service "web"`, `services "web" and "db"`, `services "web", "db" and "cache"`. */
export function servicesInWords(services: readonly string[]): string {
  const names = services.map((name) => `"${name}"`);
  const last = names.pop();
  return names.length === 0 ? `service ${last}` : `services ${names.join(', ')} and ${last}`;
}

/** A text that begins a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
