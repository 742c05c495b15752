// The one Handlebars environment. A misspelt name in a template is an error, never an empty piece of a firewall.
import Handlebars from 'handlebars';

/** A compiled template: a view in, text out. */
export type Template<View> = (view: View) => string;

const blocks = ['each', 'if', 'unless'];

/**
 * Compiles a template that holds values, `each`, `if` and `unless` and nothing else. Values are printed as they are.
 * Throws (a bug of ours) when the template uses anything else, and, when it is run, for a name that the view lacks.
 */
export function compileTemplate<View>(text: string): Template<View> {
  const program = Handlebars.parse(text);
  refuseOtherStatements(program);
  const render = environment.compile(program, { noEscape: true, strict: true, knownHelpersOnly: true });
  return (view) => render(view);
}

const environment = createEnvironment();

function createEnvironment(): typeof Handlebars {
  const created = Handlebars.create();
  for (const name of blocks) {
    const original = created.helpers[name] as Handlebars.HelperDelegate;
    created.registerHelper(name, function (this: unknown, value: unknown, options: unknown) {
      if (value === undefined) throw new Error(`template: {{#${name}}} of a name that the view lacks`);
      return original.call(this, value, options) as unknown;
    });
  }
  return created;
}

function refuseOtherStatements(program: hbs.AST.Program): void {
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
      case 'MustacheStatement':
        break;
      case 'BlockStatement': {
        const block = statement as hbs.AST.BlockStatement;
        if (!blocks.includes(block.path.original)) throw new Error(`template: block {{#${block.path.original}}}`);
        refuseOtherStatements(block.program);
        // The parser leaves `inverse` undefined where there is no {{else}}.
        const inverse = block.inverse as hbs.AST.Program | undefined;
        if (inverse !== undefined) refuseOtherStatements(inverse);
        break;
      }
      default:
        throw new Error(`template: ${statement.type} is not allowed`);
    }
  }
}
