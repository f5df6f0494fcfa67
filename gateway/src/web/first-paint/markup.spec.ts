import { describe, expect, it } from '@jest/globals';
import { markup, jsonIn } from './markup.js';

describe('a template of HTML', () => {
  it('escapes what comes from elsewhere, in text and in attributes, and not what is HTML', () => {
    const name = '"><script>alert(1)</script>&';
    expect(markup`<a title="${name}">${name}${markup`<b>${1}</b>`}</a>`.source).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;">' +
        '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;<b>1</b></a>',
    );
  });

  it('writes lists one after the other, and leaves out what is absent', () => {
    expect(markup`<ul>${['a<', markup`<li>`]}</ul>${null}${undefined}${false}${0}`.source).toBe('<ul>a&lt;<li></ul>0');
  });

  it('holds data that cannot end their element', () => {
    const data = { text: '</script><!--', at: '\u2028' };
    const { source } = jsonIn(data);
    expect(source).not.toContain('<');
    expect(JSON.parse(source)).toEqual(data);
  });
});
