import { useId } from "react";
import styles from "./choice-cards.module.css";

export type ChoiceCard<T extends string> = { value: T; label: string; hint: string };

type ChoiceCardsProps<T extends string> = {
  legend: string;
  value: T;
  onChange: (value: T) => void;
  choices: ChoiceCard<T>[];
};

/** One of two or three things that each need a sentence to be understood. */
export function ChoiceCards<T extends string>({ legend, value, onChange, choices }: ChoiceCardsProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.cards}>
      <legend className="visually-hidden">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.card}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            aria-describedby={`${name}-${choice.value}`}
          />
          <span>
            <span className={styles.label}>{choice.label}</span>
            <span id={`${name}-${choice.value}`} className={styles.hint}>
              {choice.hint}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
