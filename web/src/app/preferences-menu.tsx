import { Menu } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Preferences } from './preferences';
import { PreferencesButton } from './preferences-button';

/** Opens at once, from a button that has the focus of the one whose place it takes: it gets the focus back. */
export default function PreferencesMenu() {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        <PreferencesButton ref={button} />
      </Menu.Target>
      <Menu.Dropdown>
        <Preferences />
      </Menu.Dropdown>
    </Menu>
  );
}
