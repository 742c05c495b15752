/** Templates, scripts, style sheets and C sources are compiled in as text: by esbuild in the build, by `scripts/register.mjs` in development. */
declare module '*.hbs' {
  const text: string;
  export default text;
}
declare module '*.sh' {
  const text: string;
  export default text;
}
declare module '*.c' {
  const text: string;
  export default text;
}
declare module '*.h' {
  const text: string;
  export default text;
}
declare module '*.css' {
  const text: string;
  export default text;
}
/** A script for the browser with all that it imports, as one text. */
declare module '*?bundle' {
  const text: string;
  export default text;
}
