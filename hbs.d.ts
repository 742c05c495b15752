/** Templates are compiled in as text: by esbuild in the build, by `scripts/register.mjs` in development. */
declare module '*.hbs' {
  const text: string;
  export default text;
}
