import { chance } from './people.js';

const SIDE = 640;
const grounds = ['#cfe8e4', '#f3e3cf', '#dbe4f3', '#e9dcef', '#dff0d8', '#f5dada', '#e3e7ea'];
const skins = ['#f2cfae', '#e5b78f', '#d3a075', '#b98358', '#f6dcc4'];
const hairs = ['#201a18', '#3a2a20', '#5b3b25', '#16161a', '#7a7672'];
const clothes = ['#2f6f8f', '#8c4a5b', '#4c7a4f', '#6a5a94', '#a5672f', '#39424e'];
const scarves = ['#7fa6a0', '#b98aa0', '#8a94bd', '#c9a778', '#5f7f8f'];

interface Look {
  isWoman: boolean;
  isDoctor: boolean;
}

/** Behind the head, before it, and what is around the mouth. */
interface Hair {
  back: string;
  front: string;
  beard: string;
}

const cap = (colour: string): string =>
  `<path d="M212 300c-14-122 44-176 108-176s122 54 108 176c-10-58-34-84-62-96-40 22-92 24-124 4-16 18-26 46-30 92z" fill="${colour}"/>`;

function womansHair(of: <T>(list: readonly T[]) => T): Hair {
  const [colour, scarf] = [of(hairs), of(scarves)];
  const styles: readonly Hair[] = [
    {
      back: `<path d="M190 560c-30-150-30-300-6-350 26-66 78-96 136-96s110 30 136 96c24 50 24 200-6 350z" fill="${colour}"/>`,
      front: cap(colour),
      beard: '',
    },
    {
      back: `<path d="M186 420c-16-90-14-160 4-210 26-66 72-94 130-94s104 28 130 94c18 50 20 120 4 210-40 22-228 22-268 0z" fill="${colour}"/>`,
      front: cap(colour),
      beard: '',
    },
    {
      back: `<circle cx="320" cy="112" r="52" fill="${colour}"/>`,
      front: cap(colour),
      beard: '',
    },
    {
      back: `<path d="M172 600c-26-170-16-300 14-384 26-72 76-104 134-104s108 32 134 104c30 84 40 214 14 384z" fill="${scarf}"/>`,
      front: `<path d="M206 320c-14-130 46-182 114-182s128 52 114 182c-12-74-52-122-114-122s-102 48-114 122z" fill="${scarf}"/><path d="M214 372c22 76 64 108 106 108s84-32 106-108c14 92-22 168-106 196-84-28-120-104-106-196z" fill="${scarf}" opacity=".92"/>`,
      beard: '',
    },
  ];
  return of(styles);
}

function mansHair(of: <T>(list: readonly T[]) => T): Hair {
  const colour = of(hairs);
  const beard = `<path d="M218 330c4 110 46 152 102 152s98-42 102-152c-10 34-28 54-46 58-34-14-78-14-112 0-18-4-36-24-46-58z" fill="${colour}"/>`;
  const moustache = `<path d="M280 388q40-22 80 0-40 6-80 0z" fill="${colour}"/>`;
  const bald = `<path d="M212 310c-6-30-6-56-2-76 8 8 14 30 16 60zm216 0c6-30 6-56 2-76-8 8-14 30-16 60z" fill="${colour}"/>`;
  return { back: '', front: of([cap(colour), cap(colour), bald]), beard: of(['', beard, moustache, '']) };
}

const coat = (under: string): string =>
  `<path d="M96 640c6-104 62-150 146-166l78 60 78-60c84 16 140 62 146 166z" fill="#fbfdfd"/>
   <path d="M270 470l50 64 50-64v170H270z" fill="${under}"/>
   <path d="M242 474l-8 84 70 82M398 474l8 84-70 82" fill="none" stroke="#d4dee0" stroke-width="6"/>
   <path d="M252 486c-16 66 2 104 30 110M388 486c16 56 12 84-4 100" fill="none" stroke="#3b4a52" stroke-width="8" stroke-linecap="round"/>
   <circle cx="384" cy="596" r="14" fill="#9fb1b8" stroke="#3b4a52" stroke-width="6"/>`;

const shirt = (colour: string): string =>
  `<path d="M96 640c6-104 62-150 146-166 22 34 50 48 78 48s56-14 78-48c84 16 140 62 146 166z" fill="${colour}"/>`;

const glasses =
  '<g fill="none" stroke="#2b2f33" stroke-width="6"><circle cx="274" cy="304" r="34"/><circle cx="366" cy="304" r="34"/><path d="M308 300q12-8 24 0"/></g>';

/** Somebody who does not exist, drawn by chance: the same for the same seed. PNG. */
export async function drawnPortrait(seed: number, look: Look): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(drawing(seed, look)))
    .png()
    .toBuffer();
}

function drawing(seed: number, { isWoman, isDoctor }: Look): string {
  const { below, of } = chance(Math.imul(seed + 1, 2_654_435_761));
  const [ground, skin] = [grounds[seed % grounds.length], of(skins)];
  const hair = isWoman ? womansHair(of) : mansHair(of);
  const brow = below(2) * 4;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 640 640">
<rect width="640" height="640" fill="${ground}"/>${hair.back}
<path d="M268 400h104v84c0 30-104 30-104 0z" fill="${skin}"/><path d="M268 440q52 40 104 0v24q-52 34-104 0z" opacity=".12"/>
${isDoctor ? coat(of(clothes)) : shirt(of(clothes))}
<ellipse cx="212" cy="312" rx="18" ry="30" fill="${skin}"/><ellipse cx="428" cy="312" rx="18" ry="30" fill="${skin}"/>
<path d="M212 280c0-96 48-136 108-136s108 40 108 136c0 116-46 190-108 190s-108-74-108-190z" fill="${skin}"/>${hair.beard}
<g fill="#2a2321"><ellipse cx="274" cy="306" rx="10" ry="12"/><ellipse cx="366" cy="306" rx="10" ry="12"/></g>
<g fill="none" stroke="#3a2c26" stroke-width="7" stroke-linecap="round"><path d="M248 ${272 - brow}q26-14 52 0M340 ${272 - brow}q26-14 52 0"/></g>
<path d="M320 318q-14 34 2 42" fill="none" stroke="#000" stroke-opacity=".25" stroke-width="6" stroke-linecap="round"/>
<path d="M284 ${404 - below(8)}q36 ${24 + below(14)} 72 0" fill="none" stroke="${isWoman ? '#a8484a' : '#8a4a42'}" stroke-width="8" stroke-linecap="round"/>
${below(3) === 0 ? glasses : ''}${hair.front}
</svg>`;
}
