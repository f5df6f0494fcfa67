import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';

const context = createContext<(text: string) => void>(() => undefined);

/** What changes without anybody pressing something is read out, one sentence after another. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ key: number; text: string }[]>([]);
  const count = useRef(0);
  const say = useCallback((text: string) => {
    count.current += 1;
    const key = count.current;
    setSaid((before) => [...before.slice(-3), { key, text }]);
  }, []);
  return (
    <context.Provider value={say}>
      {children}
      <div role="log" aria-live="polite" aria-relevant="additions" className="visually-hidden" data-said>
        {said.map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </div>
    </context.Provider>
  );
}

export const useSay = (): ((text: string) => void) => useContext(context);
