import * as assert from 'uvu/assert';
import { compileTemplate } from '../../../targets/shared/template.ts';
import { describe } from '../../kit/suite.ts';

const render = (text: string, view: object): string => compileTemplate<object>(text)(view);

describe('templates', (test) => {
  test('values are printed as they are, never as HTML', () => {
    assert.is(render('a {{x}} b', { x: '<"&>' }), 'a <"&> b');
  });
  test('each, if, unless and else work', () => {
    const text = '{{#each list}}{{#if on}}{{name}}{{else}}-{{/if}}{{#unless on}}!{{/unless}}{{/each}}';
    assert.is(
      render(text, {
        list: [
          { on: true, name: 'a' },
          { on: false, name: 'b' },
        ],
      }),
      'a-!',
    );
  });
  test('a name that the view lacks is an error, as a value and in every block', () => {
    for (const text of [
      '{{ruels}}',
      '{{#each ruels}}x{{/each}}',
      '{{#if ruels}}x{{/if}}',
      '{{#unless ruels}}x{{/unless}}',
    ]) {
      assert.throws(() => render(text, { rules: [] }), /ruels|lacks|not defined/, text);
    }
    assert.throws(() => render('{{#each rules}}{{nmae}}{{/each}}', { rules: [{ name: 'a' }] }), /nmae/);
  });
  test('anything else is refused before it is run', () => {
    const others = [
      '{{#with a}}{{/with}}',
      '{{#rules}}x{{/rules}}',
      '{{> partial}}',
      '{{#if a}}{{#foo b}}{{/foo}}{{/if}}',
    ];
    for (const text of others) assert.throws(() => compileTemplate(text), /template:/, text);
  });
});
