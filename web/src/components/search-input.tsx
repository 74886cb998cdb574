import { Search } from "lucide-react";
import styles from "./search-input.module.css";

type SearchInputProps = { label: string; value: string; onChange: (value: string) => void };

export function SearchInput({ label, value, onChange }: SearchInputProps) {
  return (
    <div className={styles.search}>
      <Search size={16} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
